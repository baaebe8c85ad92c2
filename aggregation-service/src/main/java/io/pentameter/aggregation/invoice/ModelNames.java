package io.pentameter.aggregation.invoice;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Finds the ledger's name of a model that an invoice names. The same name is the same model, case aside; else one without its date
 * ({@code gpt-4o-mini} for {@code gpt-4o-mini-2024-07-18}, either way), if exactly one model of the ledger fits.
 */
public final class ModelNames {

    private static final Pattern DATE = Pattern.compile("(-\\d{4}-\\d{2}-\\d{2}|-\\d{8}|-latest|@\\d{8})$");

    private final Map<String, String> exact = new HashMap<>();
    private final Map<String, Optional<String>> undated = new HashMap<>();

    /** @param ledger names on spans */
    public ModelNames(Collection<String> ledger) {
        for (String name : ledger) {
            exact.put(name.toLowerCase(Locale.ROOT), name);
        }
        new TreeMap<>(exact)
                .forEach((lower, name) ->
                        undated.merge(withoutDate(lower), Optional.of(name), (_, _) -> Optional.empty()));
    }

    /** Empty if the ledger has no such model, or several that it could be. */
    public Optional<String> find(String model) {
        String lower = model.toLowerCase(Locale.ROOT);
        String same = exact.get(lower);
        return same != null ? Optional.of(same) : undated.getOrDefault(withoutDate(lower), Optional.empty());
    }

    private static String withoutDate(String name) {
        return DATE.matcher(name).replaceFirst("");
    }
}
