"""Kernels: arrays in, arrays out; numpy and numba alone."""
