package io.pentameter.pricing;

import java.util.ArrayList;
import java.util.List;

/** What is known of the price of a kind of call. */
public sealed interface Resolution {

    /** @param lines in order: the first that holds counts; if none does, the price at that time is not known */
    record Known(List<PriceLine> lines) implements Resolution {

        public Known {
            lines = List.copyOf(lines);
        }

        /** The lines that hold at a time: for each size of context, down to the first that holds for all sizes. */
        public List<PriceLine> linesAt(long epochSecond) {
            List<PriceLine> holding = new ArrayList<>();
            for (PriceLine line : lines) {
                if (line.validity().holdsAt(epochSecond)) {
                    holding.add(line);
                    if (line.above() < 0) {
                        break;
                    }
                }
            }
            return holding;
        }
    }

    /** @param reason a word of {@link Pricing} */
    record Unknown(String reason) implements Resolution {}
}
