/** The control topics, read and written outside a job: versions of models, and alert actions. */
package io.pidstream.registry;
