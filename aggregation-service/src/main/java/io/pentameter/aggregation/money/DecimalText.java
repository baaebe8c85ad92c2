package io.pentameter.aggregation.money;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.math.BigDecimal;

/** Decimals as text without an exponent, so that no reader makes a double of them. */
public final class DecimalText extends JsonSerializer<BigDecimal> {

    @Override
    public void serialize(BigDecimal value, JsonGenerator out, SerializerProvider provider) throws IOException {
        out.writeString(value.toPlainString());
    }
}
