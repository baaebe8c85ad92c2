package io.pentameter.statistics.slo.document;

import java.util.List;

/**
 * What was read from a document.
 *
 * @param objectives in the order of the text
 * @param warnings   what was understood differently from what it says, as sentences
 */
public record Imported(List<ObjectiveDocument> objectives, List<String> warnings) {

    public Imported {
        objectives = List.copyOf(objectives);
        warnings = List.copyOf(warnings);
    }
}
