package io.pentameter.statistics.monitoring.multiplicity;

import java.util.List;
import java.util.stream.Stream;

/**
 * A stream and its parts, such as tenant, feature, model: an alarm is reported where it is most specific.
 *
 * <p>Parts are looked at only under an alarmed whole, so one cause gives one report and quiet wholes cost no tests.
 *
 * @param name    of the stream
 * @param alarmed whether its own detector sounds
 * @param parts   streams that it is made of; none for a leaf
 */
public record AlarmTree(String name, boolean alarmed, List<AlarmTree> parts) {

    public AlarmTree {
        parts = List.copyOf(parts);
    }

    /** Names of the deepest alarmed nodes that are reached over alarmed nodes alone; none if this one is quiet. */
    public List<String> deepest() {
        if (!alarmed) {
            return List.of();
        }
        List<String> below =
                parts.stream().flatMap(part -> part.deepest().stream()).toList();
        return below.isEmpty() ? Stream.of(name).toList() : below;
    }
}
