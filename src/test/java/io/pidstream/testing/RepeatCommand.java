package io.pidstream.testing;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutionResult.Status;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Ends the message of every failed property with the one command that repeats it, on any machine:
 * {@code -Dproperty.seed} overrides the random seed. Registered for all properties.
 */
public final class RepeatCommand implements AroundPropertyHook {
    static final String SEED = "property.seed";

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public int aroundPropertyProximity() {
        // Outside of jqwik's own hooks, to see their result.
        return -1000;
    }

    @Override
    public PropertyExecutionResult aroundProperty(
            PropertyLifecycleContext context, PropertyExecutor property) {
        String seed = System.getProperty(SEED);
        if (seed != null) {
            context.attributes().setSeed(seed);
        }
        PropertyExecutionResult result = property.execute();
        if (result.status() != Status.FAILED || result.seed().isEmpty()) {
            return result;
        }
        Throwable cause = result.throwable().orElse(null);
        AssertionError failure =
                new AssertionError(
                        "%s%nRepeat it by: mvn test -Dtest='%s#%s' -D%s=%s"
                                .formatted(
                                        cause == null ? "the property does not hold" : cause,
                                        context.containerClass().getName(),
                                        context.targetMethod().getName(),
                                        SEED,
                                        result.seed().get()),
                        cause);
        return result.mapToFailed(failure);
    }
}
