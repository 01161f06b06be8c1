# SPDX-License-Identifier: Apache-2.0
"""The oracle: says whether topics tell exactly what happened to the tables, and nothing else."""
