package io.pentameter.quality.check;

import io.pentameter.quality.rating.Opinion;
import io.pentameter.quality.rating.Opinion.Grade;
import io.pentameter.quality.rating.Opinion.NotApplicable;
import io.pentameter.quality.rating.Subject;

/** Fails an answer that the model ended because it ran out of tokens. Not applicable without a finish reason. */
final class TruncatedCheck implements Check {

    @Override
    public String name() {
        return "truncated";
    }

    @Override
    public Opinion rate(Subject subject) {
        if (subject.finishReason().isEmpty() || subject.isError()) {
            return new NotApplicable();
        }
        boolean isTruncated = subject.finishReason().equals("length");
        return Grade.of(!isTruncated, isTruncated ? "the model stopped at its token limit" : "");
    }
}
