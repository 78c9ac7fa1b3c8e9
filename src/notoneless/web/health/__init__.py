"""What a load balancer or a service manager asks."""
