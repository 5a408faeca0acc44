"""Backups: files in blocks, with a checksum for each."""

from dataclasses import dataclass

from data_parallelism import checksums, damaged

__all__ = ["Backup"]


@dataclass
class Backup:
    """The saved blocks, and their checksums at that time."""

    blocks: list[bytes]
    checksums: list[int]

    @classmethod
    def of(cls, content: bytes, block_size: int = 4) -> "Backup":
        blocks = [content[start : start + block_size] for start in range(0, len(content), block_size)]
        return cls(blocks, checksums(blocks, 2))

    def is_sound(self) -> bool:
        return damaged(self.blocks, self.checksums, 2) == []
