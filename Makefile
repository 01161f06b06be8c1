# Front door. Everything real is in CMake, .ci/ and integration-tests/.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help build demo test unit integration kill-test fuzz lint format servers clean

PRESET ?= release
JOBS ?= $(shell nproc)
TEST_PYTHON := /usr/bin/python3

help: ## list these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

build: ## install what a build needs and build build/$PRESET/rowmill (PRESET=release, debug, asan, tsan)
	@.ci/packages.sh install build
	@.ci/build.sh $(PRESET) $(JOBS)

demo: ## set up everything and show the main job on a real MySQL and a real Kafka
	@.ci/packages.sh install build test servers
	@.ci/build.sh release $(JOBS) rowmill
	@$(TEST_PYTHON) integration-tests/demo/demo.py

test: ## set up everything and run all tests; ends with "N passed, N failed"
	@.ci/packages.sh install build test servers
	@.ci/test.sh $(JOBS)

unit: ## run the unit tests of one preset
	@.ci/packages.sh install build
	@.ci/build.sh $(PRESET) $(JOBS) unit_tests
	@cd build/$(PRESET) && ctest --output-on-failure

integration: ## run the tests against real servers (ARGS="-k kill" chooses)
	@.ci/packages.sh install build test servers
	@.ci/build.sh release $(JOBS) rowmill
	@$(TEST_PYTHON) -m pytest integration-tests $(ARGS)

kill-test: ## kill the worker under load, KILLS=25 times
	@$(MAKE) integration ARGS="-k kill"

fuzz: ## feed each decoder with damaged input, FUZZ_SECONDS=600 each
	@.ci/packages.sh install build test
	@.ci/fuzz.sh $${FUZZ_SECONDS:-600} $(JOBS) build/fuzz-results

lint: ## check includes between folders, formatting and clang-tidy
	@.ci/packages.sh install build lint
	@.ci/lint.sh

format: ## format the C++ files in place
	@.ci/packages.sh install lint
	@git ls-files '*.cc' '*.h' | xargs clang-format-14 -i

servers: ## start MySQL, MariaDB, Kafka and ZooKeeper in the foreground, for trying by hand
	@.ci/packages.sh install servers
	@integration-tests/servers/all.sh

clean: ## remove what was built; downloads in the cache folder stay
	rm -rf build
