# Một Cửa. Two commands are enough: `make run` and `make test`; each does its own set-up.
SHELL := /bin/bash
export UV_PROJECT_ENVIRONMENT := .venv

.PHONY: run test lint bench audit clean assets screenshots setup setup-test setup-bench setup-audit

run: setup
	@exec .venv/bin/motcua run

test: setup-test
	@tools/test

bench: setup-bench
	@.venv/bin/python -m benchmarks

audit: setup-audit
	@.venv/bin/python -m tests.audit

lint: setup-test
	@tools/lint

screenshots: setup-test
	@.venv/bin/python -m tests.screenshots

clean:
	@if [ -x .venv/bin/motcua ]; then .venv/bin/motcua clean --yes; else rm -rf var; fi

assets:
	cd assets && npm ci && npm run build

setup:
	@tools/setup run

setup-test:
	@tools/setup test

setup-bench:
	@tools/setup bench

setup-audit: setup-test
	@tools/setup audit
