package io.pentameter.aggregation.whatif;

import io.pentameter.aggregation.money.Usd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes answers of sums. */
final class WhatIfs {

    private static final String OTHER_MODEL =
            "The tokens are those of the models that were called: another model's tokenizer counts differently, and its"
                    + " answers may be longer or shorter.";
    private static final String CACHE =
            "Tokens that came from a cache or went into one are priced as such; another provider may cache differently.";
    private static final String PARTIAL =
            "Calls of which one of the two costs is not known are in neither sum; coverage says how many are.";

    private WhatIfs() {}

    static WhatIf of(WhatIfQuery query, Tariff tariff, SqlWhatIf.Found found, @Nullable Instant visibleUntil) {
        boolean isGrouped = query.groupBy().isPresent();
        SqlWhatIf.Sums rest = found.whole();
        List<WhatIf.Group> groups = new ArrayList<>();
        for (SqlWhatIf.Group group : isGrouped ? found.shown() : List.<SqlWhatIf.Group>of()) {
            rest = rest.minus(group.sums());
            groups.add(new WhatIf.Group(group.value().isEmpty() ? null : group.value(), numbers(group.sums())));
        }
        long hidden = found.groups() - groups.size();
        return new WhatIf(
                tariff.name(),
                groups,
                isGrouped && hidden > 0 ? new WhatIf.Other(hidden, numbers(rest)) : null,
                numbers(found.whole()),
                notes(query, found.whole()),
                query.basis(),
                visibleUntil);
    }

    private static List<String> notes(WhatIfQuery query, SqlWhatIf.Sums whole) {
        List<String> notes = new ArrayList<>();
        if (query.model().isPresent()) {
            notes.add(OTHER_MODEL);
        }
        notes.add(CACHE);
        if (whole.both() < whole.calls()) {
            notes.add(PARTIAL);
        }
        return notes;
    }

    private static WhatIf.Numbers numbers(SqlWhatIf.Sums sums) {
        boolean isKnown = sums.both() > 0 || sums.calls() == 0;
        return new WhatIf.Numbers(
                sums.calls(),
                sums.both(),
                sums.calls() == 0 ? null : (double) sums.both() / sums.calls(),
                isKnown ? Usd.text(sums.actual()) : null,
                isKnown ? Usd.text(sums.whatIf()) : null,
                isKnown ? Usd.text(sums.whatIf() - sums.actual()) : null,
                sums.actual() == 0 ? null : (double) (sums.whatIf() - sums.actual()) / sums.actual(),
                sums.unknown(),
                sums.newly(),
                Usd.text(sums.newlyNano()));
    }
}
