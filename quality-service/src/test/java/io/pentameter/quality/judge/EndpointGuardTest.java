package io.pentameter.quality.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointGuardTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.8",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "ff02::1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001::1",
                "2001:1ff::1",
                "100::1"
            })
    void internalAddressesAreKnown(String address) throws UnknownHostException {
        assertThat(EndpointGuard.isInternal(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "100.63.255.255",
                "100.128.0.1",
                "172.32.0.1",
                "198.20.0.1",
                "2606:4700::1",
                "2001:4860::8888"
            })
    void publicAddressesAreLetThrough(String address) throws UnknownHostException {
        assertThat(EndpointGuard.isInternal(InetAddress.getByName(address))).isFalse();
    }

    @Test
    void numbersThatMeanLoopbackAreSeenThrough() throws UnknownHostException {
        for (String url : new String[] {"https://127.1/v1", "https://2130706433/v1", "https://[::ffff:7f00:1]/v1"}) {
            URI uri = URI.create(url);
            if (uri.getHost() != null) {
                assertThat(new EndpointGuard(false).addressOf(uri)).as(url).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.com/v1",
                "ftp://api.example.com",
                "file:///etc/passwd",
                "https://user:pass@api.example.com",
                "https:///v1",
                "https://api.example.com/v1?x=1",
                "https://api.example.com/v1#x",
                "api.example.com"
            })
    void onlyPlainHttpsUrlsAreEndpoints(String url) {
        assertThat(new EndpointGuard(false).fault(URI.create(url))).isPresent();
    }

    @Test
    void httpIsLetThroughWhereInternalAddressesAre() {
        assertThat(new EndpointGuard(true).fault(URI.create("http://127.0.0.1:8080/v1")))
                .isEmpty();
        assertThat(new EndpointGuard(false).fault(URI.create("https://api.openai.com/v1")))
                .isEmpty();
    }
}
