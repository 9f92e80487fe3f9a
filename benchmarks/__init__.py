"""How fast graphkit is: ratios against named alternatives, measured in pairs in one run.

``python -m benchmarks --list`` says what there is, ``docs/benchmarks.md`` what each one measures.
"""
