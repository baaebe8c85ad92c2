package io.pentameter.gateway.member;

import io.pentameter.gateway.credential.Role;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A member that is asked for, or whose roles are to change.
 *
 * @param email   not looked at when roles change
 * @param subject absent if only the address counts
 * @param roles   one or more
 */
public record NewMember(
        @Nullable String email,
        @Nullable String subject,
        @Nullable List<String> roles) {

    private static final int MAX_EMAIL = 254;
    private static final int MAX_SUBJECT = 255;

    /** Good enough to catch a slip; whether it exists is the identity provider's to find out. */
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]+");

    /** Nothing but the fields that are missing. */
    public static final NewMember EMPTY = new NewMember(null, null, null);

    /** A request that can be granted. */
    record Checked(String email, @Nullable String subject, List<String> roles) {
        Checked {
            roles = List.copyOf(roles);
        }
    }

    /** @throws ProblemException that names all that is wrong */
    Checked check() {
        List<Fault> faults = new ArrayList<>();
        String address = email == null ? "" : email.strip().toLowerCase(Locale.ROOT);
        if (address.length() > MAX_EMAIL || !EMAIL.matcher(address).matches()) {
            faults.add(new Fault("/email", "must be a mail address of at most %d characters".formatted(MAX_EMAIL)));
        }
        if (subject != null && (subject.isBlank() || subject.length() > MAX_SUBJECT)) {
            faults.add(new Fault("/subject", "must have 1 to %d characters".formatted(MAX_SUBJECT)));
        }
        List<String> words = rolesOr(faults);
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
        return new Checked(address, subject, words);
    }

    /** @throws ProblemException if they are none */
    List<String> checkRoles() {
        List<Fault> faults = new ArrayList<>();
        List<String> words = rolesOr(faults);
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
        return words;
    }

    private List<String> rolesOr(List<Fault> faults) {
        Set<String> words = roles == null ? Set.of() : new TreeSet<>(roles);
        if (words.isEmpty() || words.stream().anyMatch(word -> Role.ofWord(word).isEmpty())) {
            faults.add(new Fault("/roles", "must be one or more of %s: %s".formatted(Role.words(), words)));
        }
        return List.copyOf(words);
    }
}
