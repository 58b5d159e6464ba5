"""Whose digital signatures an office knows: the register of certificates, and a check of signed PDFs.

Words: digital certificate (chứng thư số), seal (the agency's own one), holder, to register, to withdraw, root (who is
trusted to issue). Only public parts are kept. A certificate's state is computed from its dates, never stored.
Law: Law on Electronic Transactions 20/2023/QH15, Decree 30/2020/NĐ-CP (signatures of agencies on documents).
"""
