package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pieces of a trace, each once, and what the log was told last of each of its spans. Not thread-safe. */
final class TraceStore {

    private final List<Fragment> pieces = new ArrayList<>();
    private final Set<Identity> known = new HashSet<>();
    private final Map<ByteString, Published.State> told = new HashMap<>();

    private final Set<ByteString> namedAlone = new HashSet<>();

    private record Identity(ByteString spanId, ByteString key) {}

    /** Adds pieces that are stored. */
    void add(Collection<Fragment> stored) {
        var _ = addWithin(Integer.MAX_VALUE, stored);
    }

    /** Adds those that are not there yet, as many as there is room for. */
    Added addWithin(int room, Collection<Fragment> more) {
        List<Fragment> fresh = new ArrayList<>(more.size());
        int beyond = 0;
        for (Fragment piece : more) {
            Identity identity = new Identity(piece.spanId(), piece.order().key());
            if (known.contains(identity)) {
                continue;
            }
            if (fresh.size() < room) {
                known.add(identity);
                fresh.add(piece);
            } else {
                beyond++;
            }
        }
        pieces.addAll(fresh);
        fresh.stream()
                .filter(piece -> piece.facts().containsKey(Fact.NAMED_ALONE))
                .forEach(piece -> namedAlone.add(piece.spanId()));
        return new Added(fresh, beyond);
    }

    /** @param beyond how many there was no room for */
    record Added(List<Fragment> fresh, int beyond) {}

    /** Later states replace earlier ones of the same span. */
    void told(Collection<Published.State> states) {
        states.forEach(state -> told.put(state.spanId(), state));
    }

    /** Whether its client may name the span by its own id alone. */
    boolean isNamedAlone(ByteString spanId) {
        return namedAlone.contains(spanId);
    }

    List<Fragment> pieces() {
        return pieces;
    }

    Map<ByteString, Published.State> told() {
        return told;
    }
}
