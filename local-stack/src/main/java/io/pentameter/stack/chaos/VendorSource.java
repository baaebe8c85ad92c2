package io.pentameter.stack.chaos;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Talks of a vendor's client. What comes in two requests has others in between, so that processes die while a talk is half told; of
 * some talks the end is told before the beginning, as a client does that sends from several threads.
 */
final class VendorSource implements Source {

    private static final int MOST_OPEN = 12;
    private static final int ONE_IN_SO_MANY_TURNED_ROUND = 4;

    private final Vendor vendor;
    private final VendorSender sender;
    private final InstantSource clock;
    private final Groups groups;
    private final RandomGenerator random;
    private final Deque<Parcel> open = new ArrayDeque<>();

    VendorSource(Vendor vendor, VendorSender sender, InstantSource clock, Groups groups, RandomGenerator random) {
        this.vendor = vendor;
        this.sender = sender;
        this.clock = clock;
        this.groups = groups;
        this.random = random;
    }

    @Override
    public String client() {
        return vendor.client();
    }

    @Override
    public Parcel next() {
        if (open.size() >= MOST_OPEN || (!open.isEmpty() && random.nextBoolean())) {
            return open.removeFirst();
        }
        Talk talk = Talk.make(random, clock.instant(), groups.next());
        List<String> bodies = VendorBody.of(vendor, talk);
        if (bodies.size() == 1) {
            return parcel(talk, bodies.getFirst(), true);
        }
        boolean isTurnedRound = random.nextInt(ONE_IN_SO_MANY_TURNED_ROUND) == 0;
        List<String> ordered = isTurnedRound ? bodies.reversed() : bodies;
        open.addLast(parcel(talk, ordered.getLast(), true));
        return parcel(talk, ordered.getFirst(), false);
    }

    @Override
    public List<Parcel> rest() {
        List<Parcel> rest = List.copyOf(open);
        open.clear();
        return rest;
    }

    private Parcel parcel(Talk talk, String body, boolean isLast) {
        return new Parcel(
                vendor.client() + " " + talk.id(), () -> sender.send(vendor, body), isLast ? talk.trace() : null);
    }
}
