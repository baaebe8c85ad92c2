package io.pentameter.alert.destination;

import io.pentameter.kit.problem.Problem.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says of a destination; on a change, what is absent stays as it is.
 *
 * @param kind webhook or slack; cannot be changed
 */
record DestinationBody(
        @Nullable String name,
        @Nullable String kind,
        @Nullable String url,
        @Nullable Boolean enabled) {

    private static final int MAX_NAME = 100;

    List<Fault> faultsOfNew(boolean allowPrivate) {
        List<Fault> faults = new ArrayList<>(faults(allowPrivate));
        if (name == null) {
            faults.add(new Fault("/name", "name is missing"));
        }
        if (kind == null) {
            faults.add(new Fault("/kind", "kind is missing; it must be webhook or slack"));
        }
        if (url == null) {
            faults.add(new Fault("/url", "url is missing"));
        }
        return faults;
    }

    List<Fault> faultsOfChange(Destination before, boolean allowPrivate) {
        Stream<Fault> kindChanged = kind == null || kind.equals(before.kind().word())
                ? Stream.of()
                : Stream.of(new Fault(
                        "/kind", "kind cannot be changed from " + before.kind().word() + ": " + kind));
        return Stream.concat(faults(allowPrivate).stream(), kindChanged).toList();
    }

    private List<Fault> faults(boolean allowPrivate) {
        List<Fault> faults = new ArrayList<>();
        if (name != null && (name.isBlank() || name.length() > MAX_NAME || name.indexOf('\0') >= 0)) {
            faults.add(new Fault("/name", "name must have 1..%d characters: %d".formatted(MAX_NAME, name.length())));
        }
        if (kind != null && DestinationKind.ofWord(kind).isEmpty()) {
            faults.add(new Fault("/kind", "kind must be webhook or slack: " + kind));
        }
        if (url != null) {
            DestinationUrl.fault(url, allowPrivate).ifPresent(fault -> faults.add(new Fault("/url", fault)));
        }
        return faults;
    }
}
