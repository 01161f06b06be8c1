# SPDX-License-Identifier: Apache-2.0
"""Every value of every type: generated, written to a server, and compared in records with what its SELECT says."""
