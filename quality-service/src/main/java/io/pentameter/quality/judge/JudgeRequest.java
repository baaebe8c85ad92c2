package io.pentameter.quality.judge;

import io.pentameter.kit.problem.Problem.Fault;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A judge as a client writes it.
 *
 * @param apiKey   absent keeps the one that is there; empty removes it
 * @param target   model_call (the default) or request
 * @param features absent or empty means all
 * @param enabled  absent means true
 */
record JudgeRequest(
        @Nullable String name,
        @Nullable String rubric,
        @Nullable String model,
        @Nullable String endpoint,
        @Nullable String apiKey,
        @Nullable BigDecimal inputUsdPerMillionTokens,
        @Nullable BigDecimal outputUsdPerMillionTokens,
        @Nullable BigDecimal dailyBudgetUsd,
        @Nullable String target,
        @Nullable List<@Nullable String> features,
        @Nullable Boolean enabled) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    /** Names of scores that others give. */
    private static final Set<String> TAKEN =
            Set.of("empty", "truncated", "refusal", "malformed_json", "unsupported_citation", "thumbs");

    private static final int MAX_RUBRIC = 8_000;
    private static final int MAX_TEXT = 500;
    private static final int MAX_FEATURES = 100;
    private static final int NANO_SCALE = 9;
    private static final BigDecimal MAX_PRICE = BigDecimal.valueOf(10_000);
    private static final BigDecimal MAX_BUDGET = BigDecimal.valueOf(1_000_000);

    /** Neither rubric nor key. */
    @Override
    public String toString() {
        return "JudgeRequest[name=" + name + "]";
    }

    /** What is wrong, part by part; empty if nothing. */
    List<Fault> faults(EndpointGuard guard) {
        List<Fault> faults = new ArrayList<>();
        if (name == null || !NAME.matcher(name).matches()) {
            faults.add(new Fault("/name", "must be 1 to 64 of A-Z a-z 0-9 _ . -, beginning with a letter: " + name));
        } else if (TAKEN.contains(name)) {
            faults.add(new Fault("/name", "must not be the name of a built-in score: " + name));
        }
        text("/rubric", rubric, MAX_RUBRIC, faults);
        text("/model", model, MAX_TEXT, faults);
        endpoint(guard).ifPresent(faults::add);
        if (apiKey != null && (apiKey.length() > MAX_TEXT || !apiKey.chars().allMatch(c -> c > ' ' && c < 127))) {
            faults.add(new Fault("/apiKey", "must be 0 to 500 printable ASCII characters without spaces"));
        }
        amount("/inputUsdPerMillionTokens", inputUsdPerMillionTokens, MAX_PRICE, faults);
        amount("/outputUsdPerMillionTokens", outputUsdPerMillionTokens, MAX_PRICE, faults);
        amount("/dailyBudgetUsd", dailyBudgetUsd, MAX_BUDGET, faults);
        if (target != null
                && Arrays.stream(Judge.Target.values())
                        .noneMatch(one -> one.word().equals(target))) {
            faults.add(new Fault("/target", "must be one of model_call, request: " + target));
        }
        if (features != null
                && (features.size() > MAX_FEATURES
                        || features.stream()
                                .anyMatch(one -> one == null || one.isBlank() || one.length() > MAX_TEXT))) {
            faults.add(new Fault("/features", "must be at most 100 names of 1 to 500 characters"));
        }
        return faults;
    }

    /** A new judge; call it only without {@link #faults}. */
    Judge toJudge(String id, String tenant, @Nullable String sealedKey, Instant now) {
        return new Judge(
                id,
                tenant,
                there(name),
                there(rubric),
                1,
                there(model),
                URI.create(there(endpoint)),
                sealedKey,
                TokenPrice.ofUsdPerMillion(there(inputUsdPerMillionTokens), there(outputUsdPerMillionTokens)),
                there(dailyBudgetUsd).movePointRight(NANO_SCALE).longValueExact(),
                targetOrDefault(),
                features == null
                        ? Set.of()
                        : Set.copyOf(features.stream().map(JudgeRequest::there).toList()),
                enabled == null || enabled,
                now,
                now);
    }

    /** The judge after this change. Another rubric or model is another version: its grades are not comparable. */
    Judge applyTo(Judge judge, @Nullable String sealedKey, Instant now) {
        Judge wanted = toJudge(judge.id(), judge.tenant(), sealedKey, now);
        boolean isSame = wanted.rubric().equals(judge.rubric())
                && wanted.model().equals(judge.model())
                && wanted.endpoint().equals(judge.endpoint());
        return new Judge(
                judge.id(),
                judge.tenant(),
                wanted.name(),
                wanted.rubric(),
                isSame ? judge.rubricVersion() : judge.rubricVersion() + 1,
                wanted.model(),
                wanted.endpoint(),
                sealedKey,
                wanted.price(),
                wanted.dailyBudgetNanoUsd(),
                wanted.target(),
                wanted.features(),
                wanted.enabled(),
                judge.createdAt(),
                now);
    }

    private Judge.Target targetOrDefault() {
        return Arrays.stream(Judge.Target.values())
                .filter(one -> one.word().equals(target))
                .findFirst()
                .orElse(Judge.Target.MODEL_CALL);
    }

    private Optional<Fault> endpoint(EndpointGuard guard) {
        if (endpoint == null || endpoint.isBlank() || endpoint.length() > MAX_TEXT) {
            return Optional.of(new Fault("/endpoint", "must be a URL of 1 to 500 characters"));
        }
        try {
            return guard.fault(new URI(endpoint)).map(fault -> new Fault("/endpoint", fault + ": " + endpoint));
        } catch (URISyntaxException _) {
            return Optional.of(new Fault("/endpoint", "must be a URL: " + endpoint));
        }
    }

    private static void text(String pointer, @Nullable String value, int max, List<Fault> faults) {
        if (value == null || value.isBlank() || value.length() > max) {
            faults.add(new Fault(
                    pointer,
                    "must have 1 to %d characters: %s".formatted(max, value == null ? "absent" : value.length())));
        }
    }

    private static void amount(String pointer, @Nullable BigDecimal value, BigDecimal max, List<Fault> faults) {
        if (value == null
                || value.signum() < 0
                || value.compareTo(max) > 0
                || value.stripTrailingZeros().scale() > NANO_SCALE) {
            faults.add(new Fault(
                    pointer,
                    "must be a decimal in 0..%s with at most 9 places: %s"
                            .formatted(max.toPlainString(), value == null ? "absent" : value)));
        }
    }

    private static <T> T there(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a request is turned into a judge before it was checked");
        }
        return value;
    }
}
