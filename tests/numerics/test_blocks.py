"""Many economies in one call: the numbers of single calls, in the arrays that were given, in little memory."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import symhet
from symhet.errors import DomainError, OutputError, UnknownParameter
from symhet.numerics import blocks

TAU_I, F_I = np.linspace(1.05, 1.3, 37)[:, None], np.linspace(1.0, 1.5, 11)


def test_blocks_have_the_numbers_of_one_call(monkeypatch):
    whole = symhet.solve("kz", tau_I=TAU_I, f_I=F_I)
    monkeypatch.setattr(blocks, "BLOCK", 20)
    found = symhet.solve("kz", tau_I=TAU_I, f_I=F_I, outputs=["welfare", "phi_ex"])
    assert list(found) == ["welfare", "phi_ex"]
    for name, values in found.items():
        np.testing.assert_array_equal(values, getattr(whole, name))
    one = symhet.solve("bo", phi=np.linspace(0.1, 0.6, 50), outputs="a_D")
    np.testing.assert_array_equal(one["a_D"], symhet.solve("bo", phi=np.linspace(0.1, 0.6, 50)).a_D)


def test_results_are_written_where_asked(tmp_path):
    kept = np.lib.format.open_memmap(tmp_path / "w.npy", "w+", shape=(37, 11))
    found = symhet.solve("kz", tau_I=TAU_I, f_I=F_I, out={"welfare": kept})
    assert found["welfare"] is kept
    np.testing.assert_array_equal(kept, symhet.solve("kz", tau_I=TAU_I, f_I=F_I).welfare)
    with pytest.raises(OutputError, match="shape"):
        symhet.solve("kz", tau_I=TAU_I, f_I=F_I, out={"welfare": np.empty(3)})
    with pytest.raises(UnknownParameter, match="welfar"):
        symhet.solve("kz", tau_I=TAU_I, outputs=["welfar"])


def test_a_bad_point_is_refused_or_not_a_number(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", 4)
    sigma = np.where(np.arange(11) == 9, 0.5, 4.0)
    with pytest.raises(DomainError, match=r"counted from \(8,\)"):
        symhet.solve("kz", sigma=sigma, outputs="welfare")
    found = symhet.solve("kz", sigma=sigma, outputs="welfare", check=False)["welfare"]
    assert np.flatnonzero(np.isnan(found)).tolist() == [9]


LARGE = r"""
import re
import numpy as np
import symhet
symhet.solve("kz", tau_I=np.linspace(1.05, 1.3, 2_000_000), outputs=["welfare"])
# Not getrusage: what that tells is never below what the process that started this one had in memory.
print(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1])
"""


def test_memory_is_that_of_inputs_and_outputs():
    command = [sys.executable, "-c", LARGE]
    told = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    assert int(told.stdout) < 250_000
