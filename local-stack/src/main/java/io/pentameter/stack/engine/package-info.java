/**
 * The four engines as child processes: {@link io.pentameter.stack.engine.KafkaEngine},
 * {@link io.pentameter.stack.engine.ClickHouseEngine}, {@link io.pentameter.stack.engine.PostgresEngine} and
 * {@link io.pentameter.stack.engine.KeycloakEngine}. Their programs come from {@link io.pentameter.stack.engine.EngineStore}.
 */
@NullMarked
package io.pentameter.stack.engine;

import org.jspecify.annotations.NullMarked;
