"""Buckets and counts per address, at each bound and one above it (rules SK19-SK22)."""

import pytest

from server.room.limits import Bucket
from server.web.guard import Addresses, Meter, TooMany, address_key


def test_sk19_a_bucket_gives_its_burst_then_its_rate() -> None:
    bucket = Bucket(60, 240)
    assert all(bucket.take(1000, 1) for _ in range(240))
    assert not bucket.take(1000, 1)
    assert not bucket.take(1016, 1)  # 0.96 of a token
    assert bucket.take(1017, 1)
    assert not bucket.take(1017, 1)
    assert bucket.take(2017, 60)
    assert not bucket.take(2017, 1)
    assert bucket.take(10**9, 240), "never more than the burst"
    assert not bucket.take(10**9, 1)


def test_sk19_a_refused_take_costs_nothing_and_a_clock_going_back_gives_nothing() -> None:
    bucket = Bucket(1, 10)
    assert not bucket.take(5000, 11)
    assert bucket.take(5000, 10)
    assert not bucket.take(1000, 1)
    assert not bucket.take(5999, 1)
    assert bucket.take(6000, 1)


def test_sk19_the_meter_of_a_socket_has_the_documented_bounds() -> None:
    meter = Meter()
    assert sum(meter.frame(0) for _ in range(500)) == 240
    assert sum(meter.frame(1000) for _ in range(500)) == 60
    assert meter.read(256 * 1024, 0)
    assert not meter.read(1, 0)
    assert meter.read(64 * 1024, 1000)
    assert not meter.read(1, 1000)


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::1"),
        ("127.0.0.9", "127.0.0.9"),
        ("", ""),
        ("unix", ""),
        (None, ""),
    ],
)
def test_sk20_an_address_is_counted_by_ipv4_or_by_64_bits(host: str | None, key: str) -> None:
    assert address_key(host) == key


def test_sk21_200_sockets_and_120_strangers_from_one_address() -> None:
    addresses = Addresses(fresh_burst=1000)
    visits = [addresses.admit("a", 0) for _ in range(120)]
    with pytest.raises(TooMany) as over:
        addresses.admit("a", 0)
    assert over.value.bound == "strangers"
    for visit in visits:
        visit.known()
        visit.known()
    visits += [addresses.admit("a", 0) for _ in range(80)]
    with pytest.raises(TooMany) as over:
        addresses.admit("a", 0)
    assert over.value.bound == "sockets"
    assert addresses.admit("b", 0)
    visits[0].close()
    visits[0].close()
    visits[0].known()
    addresses.admit("a", 0)
    with pytest.raises(TooMany):
        addresses.admit("a", 0)


def test_sk21_new_sockets_120_at_once_then_6_a_second() -> None:
    addresses = Addresses()
    for _ in range(120):
        addresses.admit("a", 0).close()
    with pytest.raises(TooMany) as over:
        addresses.admit("a", 0)
    assert over.value.bound == "rate"
    for _ in range(6):
        addresses.admit("a", 1000).close()
    with pytest.raises(TooMany):
        addresses.admit("a", 1000)


def test_sk21_ten_wrong_tries_a_minute() -> None:
    addresses = Addresses()
    for _ in range(10):
        assert addresses.may_try("a", 0)
        addresses.wrong("a", 0)
    assert not addresses.may_try("a", 0)
    assert addresses.may_try("b", 0)
    assert not addresses.may_try("a", 5999)
    assert addresses.may_try("a", 6000)
    addresses.wrong("a", 6000)
    assert not addresses.may_try("a", 6000)
    for _ in range(5):
        assert addresses.may_try("c", 0), "looking costs nothing"


@pytest.mark.parametrize("key", ["127.0.0.1", "127.1.2.3", "::1"])
def test_sk21_loopback_is_exempt_unless_proxies_are_trusted(key: str) -> None:
    addresses = Addresses()
    for _ in range(500):
        addresses.admit(key, 0)
        addresses.wrong(key, 0)
    assert addresses.may_try(key, 0)
    assert len(addresses) == 0
    strict = Addresses(exempt_loopback=False)
    for _ in range(120):
        strict.admit(key, 0)
    with pytest.raises(TooMany):
        strict.admit(key, 0)


def test_sk22_memory_is_bounded_and_live_sockets_are_never_forgotten() -> None:
    addresses = Addresses(remembered=100)
    held = [addresses.admit(f"held {i}", 0) for i in range(50)]
    for i in range(10_000):
        addresses.wrong(f"passing {i}", 0)
        assert len(addresses) <= 100
    for i, visit in enumerate(held):
        visit.close()
        addresses.admit(f"held {i}", 0)
    assert len(addresses) <= 100
    patient = Addresses(remembered=2, wrong_per_minute=1)
    patient.wrong("owes", 0)
    patient.admit("owes nothing", 0).close()
    patient.admit("new", 10_000).close()
    assert not patient.may_try("owes", 10_000), "who owes nothing is forgotten first"
