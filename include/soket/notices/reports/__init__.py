"""What mail servers say, afterwards, became of a mail: read from the sending mailbox or a folder, and filed with it."""
