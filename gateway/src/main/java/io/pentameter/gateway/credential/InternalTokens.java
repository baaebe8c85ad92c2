package io.pentameter.gateway.credential;

import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.TokenSigner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Internal tokens, each used for a while: signing one for every request would cost more than forwarding it.
 *
 * <p>Thread-safe.
 */
public final class InternalTokens {

    /** How long a token is handed out; its life is longer by more than any request takes to arrive. */
    static final Duration REUSE = Duration.ofSeconds(60);

    /** Most tokens to remember; beyond it the memory is emptied and filled anew. */
    static final int MAX_REMEMBERED = 20_000;

    private final TokenSigner signer;
    private final InstantSource clock;
    private final Map<Caller, Signed> signed = new ConcurrentHashMap<>();

    private record Signed(String authorization, Instant until) {}

    public InternalTokens(TokenSigner signer, InstantSource clock) {
        this.signer = signer;
        this.clock = clock;
    }

    /** Value of the Authorization header that stands for the caller. */
    public String authorization(Caller caller) {
        Instant now = clock.instant();
        Signed known = signed.get(caller);
        if (known != null && now.isBefore(known.until())) {
            return known.authorization();
        }
        Signed fresh = new Signed("Bearer " + signer.sign(caller), now.plus(REUSE));
        if (signed.size() >= MAX_REMEMBERED) {
            signed.clear();
        }
        signed.put(caller, fresh);
        return fresh.authorization();
    }
}
