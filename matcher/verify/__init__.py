"""The checker: whether a batch is what its inputs come to, without any solver."""
