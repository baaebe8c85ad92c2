package io.pentameter.ingest.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureWordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            429 | ""                           | ""                                        | rate_limit
            503 | RateLimitError               | ""                                        | provider_error
            504 | ""                           | ""                                        | timeout
            401 | ""                           | ""                                        | auth
            400 | BadRequestError              | maximum context length is 8192 tokens     | context_length
            400 | ""                           | content_filter triggered                  | content_filter
            400 | ""                           | ""                                        | invalid_request
            0   | RateLimitError               | ""                                        | rate_limit
            0   | 429                          | ""                                        | rate_limit
            0   | AI_APICallError              | Rate limit reached                        | rate_limit
            0   | Error                        | 429 You are out                           | rate_limit
            0   | Error                        | Error code: 503 - {}                      | provider_error
            0   | Error                        | asked for 14290 tokens                    | unknown
            0   | APITimeoutError              | ""                                        | timeout
            0   | java.net.ConnectException    | Connection refused                        | network
            0   | AbortError                   | The operation was aborted                 | client_abort
            0   | ContentPolicyViolationError  | content_policy                            | content_filter
            0   | openai.AuthenticationError   | ""                                        | auth
            0   | OverloadedError              | ""                                        | provider_error
            0   | BedrockGuardrailIntervened   | ""                                        | guardrail_denial
            0   | LengthFinishReasonError      | ""                                        | truncation
            0   | AI_NoObjectGeneratedError    | No object generated: response did not match schema | schema_violation
            0   | pydantic_core._pydantic_core.ValidationError | 1 validation error for Answer | schema_violation
            0   | ValueError                   | something else                            | unknown
            0   | ""                           | ""                                        | unknown
            """)
    void sortsErrorsIntoWords(int status, String type, String message, String word) {
        assertThat(FailureWords.of(status, type, message).sign().word()).isEqualTo(word);
    }
}
