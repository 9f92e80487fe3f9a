"""What can be asked of any store. A question never prints and never knows where the graph is."""
