# Each command does all of its own set-up: Python 3.11, make, and nothing else. See README.md.
PORT ?= 8000
export PORT

.PHONY: help run dev test check bench mutants handbook screenshots lock

help: ## list these commands
	@sed -n 's/^\([a-z]*\): ## /make \1\t/p' Makefile

run: ## serve the demo region on http://127.0.0.1:8000 (PORT=… changes it)
	@deploy/run serve

dev: ## the same on Django's development server, with DEBUG
	@deploy/run debug

test: ## the whole suite: SQLite, PostgreSQL, Chromium
	@deploy/test

check: ## linters, floors, migrations, templates, production settings
	@deploy/check

bench: ## benchmarks: ratios, counts and sizes
	@deploy/bench

mutants: ## break each rule of the engine, the zonings, merges and perimeters: does a test notice?
	@deploy/mutants

screenshots: ## ten pages, three widths, light and dark, into var/screenshots/
	@deploy/screenshots

lock: ## compile the pinned requirements from pyproject.toml
	@deploy/lock

handbook: ## pictures of the editors' handbook, from the demo that `make run` serves
	@deploy/handbook
