package io.pentameter.alert.rule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many rules there may be. */
@ConfigMapping(prefix = "pentameter.alert.rules")
interface RuleConfig {

    /** Most rules of a tenant. */
    @WithDefault("200")
    int max();
}
