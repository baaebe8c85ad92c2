package io.pentameter.gateway.tenant;

import io.pentameter.gateway.limit.LimitOverrides;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tenant that is asked for, or what is to change of one; what is absent is the default, or stays.
 *
 * @param id            a lower-case letter, then 1 to 39 of a–z, 0–9 and hyphen; only for a new one
 * @param name          1 to 100 characters
 * @param retentionDays 1 to 3650
 * @param payloadMode   full, masked or metadata_only
 * @param limits        replaces all of its own limits
 */
public record TenantChange(
        @Nullable String id,
        @Nullable String name,
        @Nullable Integer retentionDays,
        @Nullable String payloadMode,
        @Nullable Boolean suspended,
        @Nullable LimitOverrides limits) {

    /** Nothing. */
    static final TenantChange EMPTY = new TenantChange(null, null, null, null, null, null);

    static final int DEFAULT_RETENTION_DAYS = 90;
    static final String DEFAULT_PAYLOAD_MODE = "full";

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{1,39}");
    private static final int MAX_NAME = 100;

    /**
     * As for a new tenant.
     *
     * @throws ProblemException that names all that is wrong
     */
    String checkNew() {
        List<Fault> faults = new ArrayList<>();
        String wanted = id == null ? "" : id;
        if (!ID.matcher(wanted).matches()) {
            faults.add(new Fault(
                    "/id", "must be a lower-case letter and 1 to 39 of a-z, 0-9 and hyphen: '%s'".formatted(wanted)));
        }
        if (name == null) {
            faults.add(new Fault("/name", "is missing"));
        }
        addFaults(faults);
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
        return wanted;
    }

    /**
     * As for one that exists.
     *
     * @throws ProblemException that names all that is wrong
     */
    void checkChange() {
        List<Fault> faults = new ArrayList<>();
        if (id != null) {
            faults.add(new Fault("/id", "cannot be changed"));
        }
        addFaults(faults);
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
    }

    private void addFaults(List<Fault> faults) {
        if (name != null && (name.isBlank() || name.strip().length() > MAX_NAME)) {
            faults.add(new Fault("/name", "must have 1 to %d characters".formatted(MAX_NAME)));
        }
        if (retentionDays != null && (retentionDays < 1 || retentionDays > Profile.MAX_RETENTION_DAYS)) {
            faults.add(new Fault(
                    "/retentionDays", "must be in 1..%d: %d".formatted(Profile.MAX_RETENTION_DAYS, retentionDays)));
        }
        if (payloadMode != null && !Profile.PAYLOAD_MODES.contains(payloadMode)) {
            faults.add(
                    new Fault("/payloadMode", "must be one of %s: %s".formatted(Profile.PAYLOAD_MODES, payloadMode)));
        }
        if (limits != null) {
            faults.addAll(limits.faults("/limits"));
        }
    }
}
