package io.pentameter.ingest.assembly;

import io.pentameter.ingest.vendor.Vendors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Delivers pieces in another order, some twice, cut into other deliveries, over hours. */
public final class Permutation {

    private Permutation() {}

    /** All at once, in the order given. */
    public static InMemoryAssembly atOnce(List<Fragment> fragments) {
        InMemoryAssembly assembly = new InMemoryAssembly();
        assembly.take(fragments, Vendors.ACME, Vendors.NOW);
        return assembly;
    }

    /** As chance will have it. */
    public static InMemoryAssembly shuffled(List<Fragment> fragments, long seed) {
        Random random = new Random(seed);
        List<Fragment> order = new ArrayList<>(fragments);
        fragments.stream().filter(_ -> random.nextInt(3) == 0).forEach(order::add);
        Collections.shuffle(order, random);
        InMemoryAssembly assembly = new InMemoryAssembly();
        int from = 0;
        Duration later = Duration.ZERO;
        while (from < order.size()) {
            int to = Math.min(order.size(), from + 1 + random.nextInt(6));
            assembly.take(order.subList(from, to), Vendors.ACME, Vendors.NOW.plus(later));
            if (random.nextInt(4) == 0) {
                // the whole request once more, as a client whose answer was lost
                assembly.take(order.subList(from, to), Vendors.ACME, Vendors.NOW.plus(later));
            }
            later = later.plusMinutes(random.nextInt(50));
            from = to;
        }
        return assembly;
    }
}
