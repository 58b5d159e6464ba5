"""The one place that answers when the real data beside the checkout are missing."""

import os
from pathlib import Path

import pytest


def shared_folder() -> Path:
    """The folder of real data beside the checkout. Missing, it fails where `CI` is set and passes over elsewhere."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        sentence = f"{folder.name}/ with the real procedures must lie beside the checkout"
        pytest.fail(sentence) if os.environ.get("CI") else pytest.skip(sentence)
    return folder
