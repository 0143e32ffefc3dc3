import ipaddress

import pytest

from worldstage.core.errors import InputError
from worldstage.reading import addresses


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_public_addresses(address):
    assert addresses.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
     "::ffff:10.0.0.1", "2002:7f00:1::", "2002:c0a8:101::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2001:db8::1"],
)  # fmt: skip
def test_addresses_off_the_public_net(address):
    assert not addresses.is_public(ipaddress.ip_address(address))


def test_a_host_with_one_private_address_is_refused(monkeypatch):
    found = [ipaddress.ip_address("93.184.216.34"), ipaddress.ip_address("127.0.0.1")]
    monkeypatch.setattr(addresses, "resolve", lambda host, port: found)
    with pytest.raises(InputError, match="not on the public net"):
        addresses.allowed("example.org", 80, typed=None)
    assert addresses.allowed("example.org", 80, typed="example.org") == found[0]


def test_numbers_in_disguise_are_resolved_before_they_are_judged():
    for host in ("127.1", "2130706433", "0x7f000001", "localhost"):
        with pytest.raises(InputError):
            addresses.allowed(host, 80, typed=None)


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "::1", "localhost", "a.localhost", "localhost."])
def test_literal_hosts_for_a_proxy(host):
    with pytest.raises(InputError):
        addresses.check_literal(host, typed=None)
    addresses.check_literal(host, typed=host)
    addresses.check_literal("example.org", typed=None)
