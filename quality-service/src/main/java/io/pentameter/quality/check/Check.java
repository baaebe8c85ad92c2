package io.pentameter.quality.check;

import io.pentameter.quality.rating.Rater;

/** A heuristic: a rule over the text of one answer. It asks no model and needs no reference answer. */
interface Check extends Rater {

    /** Name of the score it gives, lower_snake; the rater is {@code heuristic:<name>}. */
    String name();
}
