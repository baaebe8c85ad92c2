package io.pentameter.stack.seed;

import java.util.List;
import java.util.Locale;

/**
 * Somebody who can log in to a fresh stack.
 *
 * @param tenant   empty for the platform's operator
 * @param role     in the tenant, or {@code operator}
 * @param password made by this stack
 */
public record Person(String tenant, String role, String password) {

    public static final String OPERATOR = "operator";

    /** The roles of the first tenant's people; each of them is one person. */
    public static final List<String> ROLES = List.of("admin", "developer", "viewer", "annotator", "compliance");

    /** Also the user name. */
    public String email() {
        return role + "@" + (tenant.isEmpty() ? "pentameter" : tenant) + ".example";
    }

    public boolean isOperator() {
        return role.equals(OPERATOR);
    }

    String firstName() {
        return role.substring(0, 1).toUpperCase(Locale.ROOT) + role.substring(1);
    }

    String lastName() {
        return tenant.isEmpty() ? "Pentameter" : tenant.substring(0, 1).toUpperCase(Locale.ROOT) + tenant.substring(1);
    }
}
