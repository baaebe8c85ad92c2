package io.pentameter.alert.destination;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Tells addresses of the public Internet from those behind which something of ours, or of the machine's owner, may listen.
 *
 * <p>Refused is what IANA's registries of special-purpose addresses (RFC 6890 and its updates) do not call globally
 * reachable. For IPv6 only 2000::/3 is ever given to the public, so that everything outside it is refused too,
 * translation prefixes that carry an IPv4 address included.
 */
public final class AddressRule {

    private static final List<Range> REFUSED_4 = List.of(
            new Range("0.0.0.0", 8),
            new Range("10.0.0.0", 8),
            new Range("100.64.0.0", 10),
            new Range("127.0.0.0", 8),
            new Range("169.254.0.0", 16),
            new Range("172.16.0.0", 12),
            new Range("192.0.0.0", 24),
            new Range("192.0.2.0", 24),
            new Range("192.88.99.0", 24),
            new Range("192.168.0.0", 16),
            new Range("198.18.0.0", 15),
            new Range("198.51.100.0", 24),
            new Range("203.0.113.0", 24),
            new Range("224.0.0.0", 3));
    private static final Range PUBLIC_6 = new Range("2000::", 3);
    private static final List<Range> REFUSED_6 = List.of(
            new Range("2001::", 23), new Range("2001:db8::", 32), new Range("2002::", 16), new Range("3fff::", 20));

    private AddressRule() {}

    /** Whether a destination may be there. */
    public static boolean isPublic(InetAddress address) {
        return switch (address) {
            case Inet4Address four -> REFUSED_4.stream().noneMatch(range -> range.holds(four));
            case Inet6Address six -> PUBLIC_6.holds(six) && REFUSED_6.stream().noneMatch(range -> range.holds(six));
            default -> false;
        };
    }

    private record Range(InetAddress first, int bits) {

        Range(String first, int bits) {
            this(InetAddress.ofLiteral(first), bits);
        }

        boolean holds(InetAddress address) {
            byte[] given = address.getAddress();
            byte[] wanted = first.getAddress();
            if (given.length != wanted.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if (((given[bit / 8] ^ wanted[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
