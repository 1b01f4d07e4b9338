"""`symhet solve`, `statics`, `sweep` and `kernel` as they are typed."""

import json
import math

import pytest
from click.testing import CliRunner

from symhet.cli import main

KZ_NAMES = (
    "phi_min", "phi_off", "phi_ex", "w", "p_I_d", "p_I_off", "E_X", "P_X", "P", "M", "M_d", "M_off", "M_ex", "M_e",
    "M_t", "welfare", "exports_X", "imports_I_cif", "imports_I_fob", "imports_I_quantity", "L_Y", "L_I", "L_X", "L_e",
    "Y", "Y_w", "I_w", "diversified",
)  # fmt: skip
BO_NAMES = (
    "phase", "a_D", "a_X", "a_R", "n", "n_star", "n_w", "s_n", "B", "B_star", "mbar", "mbar_star", "abar", "abar_star",
    "welfare_star",
)  # fmt: skip


def run(line):
    return CliRunner().invoke(main, line.split(), prog_name="symhet")


def test_the_calibrated_equilibrium_is_a_table():
    result = run("solve kz")
    assert result.exit_code == 0
    assert all(name in result.output for name in KZ_NAMES)
    assert "welfare               0.35704418" in result.output


def test_json_has_the_names_and_closed_accounts():
    found = json.loads(
        run("solve kz --distribution pareto:shape=4.5,scale=1 --set tau_I=1.2 --set n=2 --json -").output
    )
    assert set(KZ_NAMES) <= set(found)
    assert found["parameters"]["tau_I"] == 1.2
    hired = sum(found[name] for name in ("L_Y", "L_I", "L_X", "L_e"))
    assert hired == pytest.approx(found["parameters"]["L"], rel=1e-10)
    assert found["diversified"] is True


@pytest.mark.parametrize("regime", ["autarky", "no-relocation", "short-run", "long-run"])
def test_every_regime_of_baldwin_and_okubo(regime):
    found = json.loads(run(f"solve bo --regime {regime} --set phi=0.5 s_E=0.6 --json -").output)
    assert set(BO_NAMES) <= set(found)
    assert found["regime"] == regime
    assert found["n"] > 0


def test_what_is_infinite_is_null_in_json():
    found = json.loads(run("solve kz --set tau_I=3 --json -").output)
    assert found["regime"] == "no-offshoring"
    assert found["phi_off"] is None
    assert math.isfinite(found["welfare"])


def test_json_can_go_to_a_file_beside_the_table(tmp_path):
    result = run(f"solve kz --json {tmp_path / 'e.json'}")
    assert "phi_min" in result.output
    assert json.loads((tmp_path / "e.json").read_text("utf-8"))["model"] == "kz"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("solve kz --set sigma=0.5", "sigma > 1"),
        ("solve kz --set sgma=3", "did you mean sigma"),
        ("solve kz --set sigma", "--set NAME=NUMBER"),
        ("solve kz --set sigma=x", "not a number"),
        ("solve kz --set f_I=1e400", "beyond the range"),
        ("solve kz --set f_I=1e-400", "beyond the range"),
        ("sweep kz --over f_I=1,1e400", "beyond the range"),
        ("solve kz --set sigma=3 sigma=4", "given twice"),
        ("solve kz --distribution parto:shape=4", "did you mean pareto"),
        ("solve bo --distribution pareto:shape=4,scale=1", "distribution"),
        ("statics kz --of phi_exx", "did you mean phi_ex"),
        ("statics kz --set tau_I=3", "A.1"),
        ("statics kz --regime paper", "unknown regime 'paper'"),
        ("solve bo --regime shortrun", "did you mean short-run"),
        ("solve kz --distribution lognormal:mu=0", "missing: sigma"),
        ("statics bo --regime autarky", "free entry and trade: no-relocation and long-run"),
        ("statics mr", "use bo or kz"),
        ("sweep kz --over tau_I", "NAME=START:STOP:COUNT"),
        ("sweep kz --over tau_X=1,2", "did you mean tau"),
        ("sweep kz --over f_I=1:inf:3", "START and STOP are finite"),
        ("sweep kz --over f_I=1:2:0", "COUNT lies between one and"),
        ("sweep kz --over f_I=1,nan", "nan is not a number"),
        ("sweep kz --over f_I=", "NAME=START:STOP:COUNT"),
        ("statics kz f_ex=inf", "f_ex < infinity"),
        ("kernel kz.eq99", "unknown claim"),
        ("kernel bo.eq9 --output a_DD", "did you mean a_D"),
    ],
)
def test_wrong_use_is_explained(line, told):
    result = run(line)
    assert result.exit_code == 2
    assert told in result.output
    assert "Traceback" not in result.output


def test_elasticities_stand_beside_proved_signs():
    rows = json.loads(run("statics kz --of phi_ex,welfare --to tau_I,tau --json -").output)
    assert [(row["of"], row["to"], row["sign"], row["claim"]) for row in rows] == [
        ("phi_ex", "tau_I", "+", "kz.R.2.extensive"),
        ("phi_ex", "tau", "+", "kz.tau-off.tau"),
        ("welfare", "tau_I", "-", "kz.R.4"),
        ("welfare", "tau", "", ""),
    ]
    table = run("statics kz --of welfare --to tau_I,tau").output
    assert "none proved" in table
    assert "kz.R.4" in table
    rows = json.loads(run("statics bo --regime no-relocation --of n_star,welfare_star --to phi --json -").output)
    assert [(row["sign"], row["claim"]) for row in rows] == [("", ""), ("+", "bo.result6.no-relocation")]


def test_a_refuted_print_is_compiled_where_it_is_asked_for():
    assert "s_n" in run("kernel bo.eq21 --printed").stdout
    assert "s_n" not in run("kernel bo.eq21").stdout


def test_a_store_is_checked(tmp_path):
    store = tmp_path / "s.zarr"
    assert run(f"sweep kz --over tau_I=1.1,1.2 --outputs welfare -q -o {store}").exit_code == 0
    sound = run(f"sweep --check {store}")
    assert (sound.exit_code, "finished  1 of 1 chunks" in sound.stdout) == (0, True)
    (store / "welfare" / "c" / "0").unlink()
    broken = run(f"sweep --check {store}")
    assert (broken.exit_code, "chunk 0 of welfare" in broken.stdout) == (1, True)
    again = run(f"sweep kz --over tau_I=1.1,1.2 --outputs welfare -q -o {store}")
    assert "solved again: chunk 0 of welfare" in again.stderr
    assert run(f"sweep --check {store}").exit_code == 0
    assert run(f"sweep kz --check {store}").exit_code == 2
    assert run("sweep").exit_code == 2


def test_a_sweep_can_be_written_as_a_table(tmp_path):
    table = tmp_path / "s.csv"
    assert run(f"sweep kz --over tau_I=1.1,1.2 --outputs welfare,regime -q -o {table}").exit_code == 0
    assert table.read_text().splitlines()[0] == "tau_I,welfare,regime"
    assert table.read_text().splitlines()[1].endswith(",paper")


def test_a_sweep_prints_a_table_of_values():
    result = run("sweep kz --over tau_I=1.1,1.2 --outputs welfare -q")
    assert result.output.splitlines()[0] == "tau_I,welfare"
    assert result.output.splitlines()[2].startswith("1.2,0.357044")


def test_a_kernel_is_printed_as_a_module(tmp_path):
    result = run(f"kernel kz.eq14 --backend c -o {tmp_path / 'eq14.c'}")
    assert result.exit_code == 0
    assert "void kz_eq14(" in (tmp_path / "eq14.c").read_text("utf-8")
    assert "def kz_eq14(" in run("kernel kz.eq14").output
    assert "def bo_eq9_gradient(" in run("kernel bo.eq9 --gradient phi").output


def test_a_calibration_is_a_report():
    result = run("calibrate kz --moment share_exporting=0.18,share_offshoring=0.4 --free f_ex,f_I")
    assert result.exit_code == 0, result.output
    assert "share_exporting" in result.output
    assert "--error NAME=VALUE" in result.output
    found = json.loads(
        run("calibrate kz --moment share_exporting=0.18 --error share_exporting=0.01 --free f_ex --json -").output
    )
    assert found["fitted"]["share_exporting"] == pytest.approx(0.18, rel=1e-9)
    assert found["standard_errors"]["f_ex"] > 0
    listed = run("calibrate kz --list").output
    assert "top_10_percent" in listed
    assert "real wage" in listed


def test_a_calibration_that_misses_its_targets_ends_with_one():
    result = run("calibrate kz --moment share_exporting=1.5 --free f_ex --json -")
    assert result.exit_code == 1
    assert not json.loads(result.output)["met"]


def test_a_calibration_without_enough_moments_is_refused():
    result = run("calibrate kz --moment M=0.1 --free f_ex,f_I")
    assert result.exit_code == 2
    assert "give more moments" in result.output
