from countrymap.classes import FIXED, breaks_for, class_of, legend, legend_rule


def test_classes_at_launch_size():
    assert breaks_for([1, 1, 2, 7, 12]) == FIXED
    assert [class_of(n, FIXED) for n in (0, 1, 2, 3, 4, 5, 6, 40)] == [0, 1, 2, 3, 4, 4, 5, 5]


def test_classes_of_nothing():
    assert breaks_for([]) == FIXED


def test_legend_at_launch_size():
    assert [entry.label for entry in legend(FIXED)] == ["none", "1", "2", "3", "4–5", "6 or more"]
    assert [entry.number for entry in legend(FIXED)] == [0, 1, 2, 3, 4, 5]
    assert legend_rule(FIXED) == ""


def test_classes_beyond_are_quantiles_of_what_has_any():
    counts = list(range(1, 101))
    breaks = breaks_for([0, 0, 0, *counts])
    assert breaks == (1, 21, 41, 61, 81)
    assert [sum(1 for n in counts if class_of(n, breaks) == number) for number in range(1, 6)] == [20] * 5


def test_quantiles_say_their_rule():
    breaks = breaks_for(range(1, 101))
    assert [entry.label for entry in legend(breaks)][1:] == ["1–20", "21–40", "41–60", "61–80", "81 or more"]
    assert "about the same number" in legend_rule(breaks)


def test_equal_counts_share_a_class():
    breaks = breaks_for([1] * 90 + [50] * 10)
    assert breaks == (1,)
    assert {class_of(n, breaks) for n in (1, 50)} == {1}


def test_quantiles_ascend_and_are_at_most_five():
    for counts in ([13], [5, 5, 5, 99], [1, 2, 3, 400], [20, 30, 30, 30, 31, 500, 500]):
        breaks = breaks_for(counts)
        assert list(breaks) == sorted(set(breaks))
        assert breaks[0] == 1
        assert len(breaks) <= 5
