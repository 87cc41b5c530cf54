/** The topic of model versions, read and written outside of the jobs. */
package io.pidstream.registry;
