/** Whether what the gateway needs is there. The database's check is the framework's own. */
@NullMarked
package io.pentameter.gateway.health;

import org.jspecify.annotations.NullMarked;
