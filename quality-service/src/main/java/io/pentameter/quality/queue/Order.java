package io.pentameter.quality.queue;

import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.quality.rating.Drawn;

/**
 * A judgement that is to be made.
 *
 * @param id            id of the score it leads to: the same for the same span, judge and rubric
 * @param rubricVersion of the judge when the span was taken in
 * @param subject       the part of the span that the judge needs
 */
public record Order(String id, String judgeId, int rubricVersion, Drawn drawn, SpanRecord subject) {

    public String tenant() {
        return subject.getTenant();
    }
}
