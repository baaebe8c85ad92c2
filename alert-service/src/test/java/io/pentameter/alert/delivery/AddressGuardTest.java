package io.pentameter.alert.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AddressGuardTest {

    private static final InetAddress PUBLIC = InetAddress.ofLiteral("93.184.215.14");
    private static final InetAddress INTERNAL = InetAddress.ofLiteral("10.0.0.7");

    @Test
    void aPublicAddressIsAllowed() {
        assertThat(guard(false, PUBLIC).decide("example.com")).isEqualTo(new AddressGuard.Decision.Allowed(PUBLIC));
    }

    @Test
    void aNameWithAnyInternalAddressIsRefused() {
        assertThat(guard(false, PUBLIC, INTERNAL).decide("example.com"))
                .isEqualTo(new AddressGuard.Decision.Refused("the host leads to an internal address: example.com"));
    }

    @Test
    void aNameThatAnswersOtherwiseTheSecondTimeGainsNothing() {
        AtomicInteger asked = new AtomicInteger();
        AddressGuard guard = new AddressGuard(_ -> List.of(asked.getAndIncrement() == 0 ? PUBLIC : INTERNAL), false);

        AddressGuard.Decision decision = guard.decide("rebinding.example");

        assertThat(decision).isEqualTo(new AddressGuard.Decision.Allowed(PUBLIC));
        assertThat(asked).hasValue(1);
    }

    @Test
    void anInternalAddressIsAllowedWhereTheOperatorSaysSo() {
        assertThat(guard(true, INTERNAL).decide("x")).isEqualTo(new AddressGuard.Decision.Allowed(INTERNAL));
    }

    @Test
    void anUnknownNameMayBeTriedAgain() {
        AddressGuard guard = new AddressGuard(
                host -> {
                    throw new UnknownHostException(host);
                },
                false);

        assertThat(guard.decide("nowhere.invalid")).isInstanceOf(AddressGuard.Decision.Unknown.class);
    }

    private static AddressGuard guard(boolean allowPrivate, InetAddress... addresses) {
        return new AddressGuard(_ -> Arrays.asList(addresses), allowPrivate);
    }
}
