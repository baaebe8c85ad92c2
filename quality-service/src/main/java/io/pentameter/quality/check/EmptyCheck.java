package io.pentameter.quality.check;

import io.pentameter.quality.rating.Opinion;
import io.pentameter.quality.rating.Opinion.Grade;
import io.pentameter.quality.rating.Opinion.NotApplicable;
import io.pentameter.quality.rating.Subject;

/**
 * Fails an answer that holds nothing to read.
 *
 * <p>Not applicable to a call that failed: its error is the news. An answer of tool calls alone passes.
 */
final class EmptyCheck implements Check {

    @Override
    public String name() {
        return "empty";
    }

    @Override
    public Opinion rate(Subject subject) {
        if (subject.isError()) {
            return new NotApplicable();
        }
        boolean isEmpty = subject.answer().isBlank() && !subject.hasOtherParts();
        return Grade.of(!isEmpty, isEmpty ? "the answer is empty" : "");
    }
}
