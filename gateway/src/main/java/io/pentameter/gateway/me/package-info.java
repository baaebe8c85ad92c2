/** What the gateway knows of whoever asks. */
@NullMarked
package io.pentameter.gateway.me;

import org.jspecify.annotations.NullMarked;
