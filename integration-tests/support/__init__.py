# SPDX-License-Identifier: Apache-2.0
"""What the tests need to run servers, the worker and a load."""
