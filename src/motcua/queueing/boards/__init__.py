"""What a hall shows: the television, the board over a counter, the voice, and the stream that keeps them true."""
