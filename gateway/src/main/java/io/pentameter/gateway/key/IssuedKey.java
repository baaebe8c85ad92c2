package io.pentameter.gateway.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * A key and its secret, as it is shown once.
 *
 * @param key  the whole text to send; absent when a create is repeated, because it is not kept: rotate the key then
 * @param info the rest
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IssuedKey(@Nullable String key, @JsonUnwrapped ApiKey info) {

    @Override
    public String toString() {
        return "IssuedKey[" + info.id() + "]";
    }
}
