# SPDX-License-Identifier: GPL-3.0-or-later
"""One run on several processes (torch.distributed): all of them compute, rank 0 writes."""
import torch


def available():
    return torch.distributed.is_available() and torch.distributed.is_initialized()


def processes():
    return torch.distributed.get_world_size() if available() else 1


def is_first():
    return not available() or torch.distributed.get_rank() == 0


def whole(tensor, axis=None, expected=None):
    """The tensor of all processes: of one that each holds a part of along `axis`, the parts side by side. Which it
    is shows in its size: `expected` is the whole one's. Every process has to ask."""
    if hasattr(tensor, "full_tensor"):
        tensor = tensor.full_tensor()
    if axis is None or expected is None or processes() == 1 or tensor.shape[axis] * processes() != expected:
        return tensor
    parts = [torch.empty_like(tensor) for _ in range(processes())]
    torch.distributed.all_gather(parts, tensor.contiguous())
    return torch.cat(parts, dim=axis)


def wait():
    if available():
        torch.distributed.barrier()


def problem_of_first(problem):
    """What rank 0 says, in every process."""
    if not available():
        return problem
    said = [problem]
    torch.distributed.broadcast_object_list(said, src=0)
    return said[0]
