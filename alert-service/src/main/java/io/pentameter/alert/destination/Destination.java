package io.pentameter.alert.destination;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place that notices are sent to.
 *
 * @param url            for Slack a secret
 * @param secret         of a webhook; absent for Slack
 * @param previous       the secret before the last rotation; absent if there was none
 * @param disabledReason why we stopped sending; absent while enabled or if a person disabled it
 */
public record Destination(
        String id,
        String tenant,
        String name,
        DestinationKind kind,
        URI url,
        @Nullable WebhookSecret secret,
        @Nullable Retired previous,
        boolean enabled,
        @Nullable String disabledReason,
        Instant createdAt,
        Instant updatedAt) {

    /** A secret that receivers may still expect, until then. */
    public record Retired(WebhookSecret secret, Instant until) {}

    /** The secrets to sign with now, the newest first; empty for Slack. */
    public List<WebhookSecret> signingSecrets(Instant now) {
        List<WebhookSecret> secrets = new ArrayList<>();
        if (secret != null) {
            secrets.add(secret);
        }
        if (previous != null && now.isBefore(previous.until())) {
            secrets.add(previous.secret());
        }
        return secrets;
    }

    /** The URL without what may be secret in it: for Slack the host alone, else no query. */
    public String shownUrl() {
        String origin = url.getScheme() + "://" + url.getRawAuthority();
        return kind == DestinationKind.SLACK ? origin + "/…" : origin + url.getRawPath();
    }
}
