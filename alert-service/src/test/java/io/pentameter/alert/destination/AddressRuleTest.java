package io.pentameter.alert.destination;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.1.2.3",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.9",
                "203.0.113.5",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::a00:1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "100::1",
                "5f00::1"
            })
    void refuses(String address) {
        assertThat(AddressRule.isPublic(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::1",
                "2001:4860:4860::8888"
            })
    void allows(String address) {
        assertThat(AddressRule.isPublic(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "ftp://example.com/",
                "https://",
                "https:///x",
                "//example.com/",
                "example.com",
                "https://user@example.com/",
                "https://example.com/#x",
                "https://127.0.0.1/",
                "https://[::1]/",
                "https://localhost:8443/",
                "https://169.254.169.254/latest",
                "https://example.com:0/",
                "https://example.com:70000/",
                "https://exa mple.com/",
                "javascript:alert(1)"
            })
    void refusesUrls(String url) {
        assertThat(DestinationUrl.fault(url, false)).as(url).isPresent();
    }

    @Test
    void allowsAPublicUrlAndOnAMachineOfOnesOwnAnInternalOne() {
        assertThat(DestinationUrl.fault("https://hooks.example.com:8443/a?b=c", false))
                .isEmpty();
        assertThat(DestinationUrl.fault("http://127.0.0.1:9999/hook", true)).isEmpty();
        assertThat(DestinationUrl.fault("https://example.com/" + "x".repeat(2_000), false))
                .isPresent();
    }
}
