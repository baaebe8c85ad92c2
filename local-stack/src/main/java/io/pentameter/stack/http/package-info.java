/** One JSON client for the gateway's API and Keycloak's: {@link io.pentameter.stack.http.JsonApi}. */
@NullMarked
package io.pentameter.stack.http;

import org.jspecify.annotations.NullMarked;
