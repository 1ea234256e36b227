"""One room without any I/O: frames and time come in, frames go out."""
